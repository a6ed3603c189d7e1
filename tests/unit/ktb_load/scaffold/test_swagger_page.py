"""Text copied from Swagger UI becomes the document that it shows."""

from pathlib import Path

import pytest

from ktb_load.scaffold.swagger_page import is_page, read_page

PAGE = Path(__file__).parents[3] / "documents" / "ktb-chat.swagger-page.txt"


@pytest.fixture(scope="module")
def page():
    return read_page(PAGE.read_text(encoding="utf-8"))


def test_such_a_page_is_known_from_other_texts():
    assert is_page(PAGE.read_text(encoding="utf-8"))
    assert not is_page("openapi: 3.1.0\ninfo: {description: Try it out}\n")
    assert not is_page("KTB Chat API 1.0.0\nOAS 3.1\n")


def test_head_and_servers(page):
    document, _ = page
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "KTB Chat API"
    assert document["servers"][0] == {"url": "http://localhost:5001"}


def test_every_call_of_the_page_is_there_with_its_line(page):
    document, lines = page
    calls = [f"{m} {path}" for path, item in document["paths"].items() for m in item]
    assert len(calls) == PAGE.read_text(encoding="utf-8").count("\nTry it out\n") == 23
    assert lines["paths", "/api/users/account", "delete"] == 40


def test_calls_have_the_tag_above_them(page):
    document, _ = page
    tags = {item[m]["tags"][0] for item in document["paths"].values() for m in item}
    assert tags == {
        "사용자 (Users)",
        "인증 (Authentication)",
        "채팅방 (Rooms)",
        "파일 (Files)",
        "api-info-controller",
        "health-controller",
    }


def test_words_parameters_bodies_and_answers(page):
    document, _ = page
    rooms = document["paths"]["/api/rooms"]["get"]
    assert rooms["summary"] == "채팅방 목록 조회"
    assert rooms["description"].startswith("페이지네이션과 검색 기능이")
    assert rooms["parameters"][0] == {
        "name": "page",
        "in": "query",
        "required": False,
        "schema": {"type": "integer", "default": 0, "example": 0},
    }
    assert rooms["parameters"][-1]["schema"] == {"type": "string", "example": "프로젝트"}
    assert list(rooms["responses"]) == ["200", "401", "429", "500"]
    register = document["paths"]["/api/auth/register"]["post"]
    body = register["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["email"] == {"type": "string", "example": "user@example.com"}
    created = register["responses"]["201"]["content"]["application/json"]["schema"]
    assert created["properties"]["user"]["properties"]["_id"] == {"type": "string"}
    assert document["paths"]["/api/rooms/{roomId}"]["get"]["parameters"][0]["required"] is True


def test_uploads_are_files(page):
    document, _ = page
    upload = document["paths"]["/api/files/upload"]["post"]["requestBody"]
    schema = upload["content"]["application/json"]["schema"]
    assert schema["properties"]["file"] == {"type": "string", "format": "binary"}


def test_a_page_that_shows_no_call_is_an_empty_document():
    document, lines = read_page("Shop 1.0\nOAS 3.0\nTry it out\n")
    assert (document["paths"], lines) == ({}, {})
